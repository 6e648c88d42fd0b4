-- What all members together had of a gift this month: caps of the whole shop count it.
CREATE INDEX usage_given ON usage (what, day) WHERE what GLOB 'give:*';
