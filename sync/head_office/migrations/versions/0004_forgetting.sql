-- What is forgotten by its age is found by it.
CREATE INDEX nonce_used ON nonce (used_ms);
CREATE INDEX attention_of_till ON attention (till, code, seq) WHERE seen_ms IS NULL;
CREATE INDEX attention_seen ON attention (seen_ms) WHERE seen_ms IS NOT NULL;
