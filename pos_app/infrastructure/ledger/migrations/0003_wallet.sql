-- Lots of more than points: stored value, coupons, uses, terms. source is what of the programme a lot is; code is
-- what was printed for it.
ALTER TABLE lot ADD COLUMN asset TEXT NOT NULL DEFAULT 'points';
ALTER TABLE lot ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE lot ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE INDEX lot_code ON lot (code) WHERE code <> '';
