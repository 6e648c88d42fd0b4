-- Tiers are replayed from what was bought by day, so that no document has to say which tier it found. spend_minor is
-- what counts towards tiers: money in advance does not, it counts when it is spent.
DROP INDEX document_member;
ALTER TABLE document DROP COLUMN tier_before;
ALTER TABLE document ADD COLUMN spend_minor INTEGER NOT NULL DEFAULT 0;
UPDATE document SET spend_minor = amount_minor
    - (SELECT coalesce(json_extract(CAST(payload AS TEXT), '$.body.prepaid'), 0)
       FROM journal WHERE journal.seq = document.seq);
CREATE INDEX document_member ON document (member, seq, kind, counts_on, kept_milli, spend_minor)
    WHERE member IS NOT NULL;
