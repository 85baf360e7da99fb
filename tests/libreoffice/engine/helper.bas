' Loops that run inside LibreOffice: from outside, each object costs a round trip of more than a millisecond.
Option Explicit

' Array(type, left, top, right, bottom) of each part of area whose number format has one of the wanted types.
Function Kinds(area As Object, formats As Object, wanted As Variant) As Variant
    Dim found() As Variant, addresses As Variant, groups As Object
    Dim kind As Long, n As Long, i As Long, j As Long
    n = -1
    groups = area.getUniqueCellFormatRanges()
    For i = 0 To groups.Count - 1
        kind = formats.getByKey(groups.getByIndex(i).getByIndex(0).NumberFormat).Type
        If (kind And wanted) <> 0 Then
            addresses = groups.getByIndex(i).getRangeAddresses()
            For j = 0 To UBound(addresses)
                n = n + 1
                ReDim Preserve found(n)
                found(n) = Array(kind, addresses(j).StartColumn, addresses(j).StartRow, addresses(j).EndColumn, addresses(j).EndRow)
            Next j
        End If
    Next i
    Kinds = found
End Function

' Array(column, row, shown text) of each cell of area that shows an error.
Function Errors(area As Object) As Variant
    Dim found() As Variant, cells As Object, cell As Object, n As Long
    n = -1
    cells = area.queryFormulaCells(com.sun.star.sheet.FormulaResult.ERROR).Cells.createEnumeration()
    Do While cells.hasMoreElements()
        cell = cells.nextElement()
        n = n + 1
        ReDim Preserve found(n)
        found(n) = Array(cell.CellAddress.Column, cell.CellAddress.Row, cell.String)
    Loop
    Errors = found
End Function

' Each formula (without its "=") in Excel's grammar as LibreOffice's own, or the other way round.
Function Translated(document As Object, formulas As Variant, toExcel As Variant) As Variant
    Dim office As Object, excel As Object, origin As New com.sun.star.table.CellAddress, i As Long
    office = Parser(document, com.sun.star.sheet.AddressConvention.OOO)
    excel = Parser(document, com.sun.star.sheet.AddressConvention.XL_OOX)
    Dim texts(UBound(formulas)) As Variant
    For i = 0 To UBound(formulas)
        If toExcel Then
            texts(i) = excel.printFormula(office.parseFormula(formulas(i), origin), origin)
        Else
            texts(i) = office.printFormula(excel.parseFormula(formulas(i), origin), origin)
        End If
    Next i
    Translated = texts
End Function

Private Function Parser(document As Object, convention As Long) As Object
    Dim language As Long
    language = com.sun.star.sheet.FormulaLanguage.ENGLISH
    If convention = com.sun.star.sheet.AddressConvention.XL_OOX Then language = com.sun.star.sheet.FormulaLanguage.XL_ENGLISH
    Parser = document.createInstance("com.sun.star.sheet.FormulaParser")
    Parser.CompileEnglish = True
    Parser.FormulaConvention = convention
    Parser.OpCodeMap = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper").getAvailableMappings(language, 2147483647)
End Function

' Array(sheet's title or "", name, what it refers to) of every defined name.
Function Names(document As Object) As Variant
    Dim found() As Variant, n As Long, i As Long
    n = -1
    Append found, n, "", document.NamedRanges
    For i = 0 To document.Sheets.Count - 1
        Append found, n, document.Sheets.getByIndex(i).Name, document.Sheets.getByIndex(i).NamedRanges
    Next i
    Names = found
End Function

Private Sub Append(found() As Variant, n As Long, title As String, names As Object)
    Dim i As Long
    For i = 0 To names.Count - 1
        n = n + 1
        ReDim Preserve found(n)
        found(n) = Array(title, names.getByIndex(i).Name, names.getByIndex(i).Content)
    Next i
End Sub
