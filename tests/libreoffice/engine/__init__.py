"""An xlwings engine over LibreOffice: the add-in's commands run unchanged on a document that is open in the tests."""
