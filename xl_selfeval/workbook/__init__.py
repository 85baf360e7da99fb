"""The Excel workbook: its layout, the template, and reading what people filled in."""
