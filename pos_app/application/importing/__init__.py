"""Data in: members and products from spreadsheets of any shape.

``headings`` finds the header row and says what each column is, ``cells`` reads cells as spreadsheets have them (with
all that spreadsheet programmes do to numbers), ``members`` and ``products`` make a preview of what would happen and
then do it, in one transaction or not at all. ``words`` has every reason in Chinese and English. Reading files is
infrastructure's work: this package is given rows.
"""
