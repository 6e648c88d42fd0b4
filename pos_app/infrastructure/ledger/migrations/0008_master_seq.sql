-- Data that is kept here counts until head office's word contains the record it was written with: seq says which that
-- was. What is here already was written with the latest record, at the latest.
ALTER TABLE master ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE master SET seq = (SELECT coalesce(max(seq), 0) FROM journal);
