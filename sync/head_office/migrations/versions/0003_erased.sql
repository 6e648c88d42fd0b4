-- Who was erased is looked for with everything that is applied: there are few of them.
CREATE INDEX person_erased ON person (member) WHERE body IS NULL;
