-- Slips for other printers than the receipts': which printer, by the name the shop gave it, and which lines of the sale.
ALTER TABLE print_job ADD COLUMN target TEXT NOT NULL DEFAULT '';
ALTER TABLE print_job ADD COLUMN lines TEXT NOT NULL DEFAULT '';
