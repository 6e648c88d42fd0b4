"""Papers: from what the journal says to what the printer prints, by templates that a shop may edit.

``templates`` is what can be edited, ``render`` composes a document of it, ``output`` turns that into bytes, a picture
or text, all three through the same bytes, so that what the preview shows is what the paper will say.
"""
