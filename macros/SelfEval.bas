Attribute VB_Name = "SelfEval"
Option Explicit
' The buttons: each calls Python, nothing is decided here. ThisWorkbook holds this code (the form itself or the
' add-in), ActiveWorkbook is what the person works on. ASCII only: Chinese words stand in a hidden sheet of
' ThisWorkbook under the names se_say_*. When it is built, a Sub for each other button is added: SeCheck() and so on.
Private mRunning As Boolean

' Every button of the ribbon. Late-bound, so that no other library is needed.
Public Sub SeRibbon(ByVal control As Object)
    Select Case control.ID
        Case "se.guide": SeGuide
        Case "se.reconnect": SeReconnect
        Case Else: SeRun Mid$(control.ID, 4)
    End Select
End Sub

Public Sub SeGuide()
    If ActiveWorkbook Is Nothing Then SeSay "no_book": Exit Sub
    On Error GoTo missing
    Application.Goto ActiveWorkbook.Names("se_guide").RefersToRange, True
    Exit Sub
missing:
    SeSay "no_guide"
End Sub

' Python was installed, updated or has crashed: end what is left of it, see that it answers, let the cells ask again.
Public Sub SeReconnect()
    mRunning = False
    On Error Resume Next
    KillPy
    On Error GoTo failed
    SeForget
    If Not SePython() Then SeSay "no_python": Exit Sub
    If RunPython("import xl_selfeval.addin.functions") = -1 Then SeSay "failed": Exit Sub
    Application.CalculateFullRebuild ' also where a function's name was unknown so far
    SeSay "reconnected"
    Exit Sub
failed:
    SeSay "failed"
End Sub

' Run one command of xl_selfeval.addin.commands on the active workbook.
Public Sub SeRun(ByVal name As String)
    Dim code As Variant
    If mRunning Then SeSay "busy": Exit Sub
    If ActiveWorkbook Is Nothing Then SeSay "no_book": Exit Sub
    If Not SePython() Then SeSay "no_python": Exit Sub
    On Error GoTo failed
    mRunning = True
    SePrepare ActiveWorkbook
    Application.DisplayAlerts = False ' else Excel complains of waiting while Python shows a question
    code = RunPython("from xl_selfeval.addin import press; press('" & name & "')")
done:
    On Error GoTo 0
    Application.DisplayAlerts = True
    mRunning = False
    If code = -1 Then SeSay "failed"
    Exit Sub
failed:
    code = -1
    Resume done
End Sub

' Whether this machine's settings name an interpreter that is there, or a Conda environment.
Public Function SePython() As Boolean
    Dim path As String
    On Error GoTo missing
    path = GetConfig("INTERPRETER_WIN", "")
    If path = "" Then path = GetConfig("INTERPRETER", "")
    If path = "" Then SePython = GetConfig("CONDA PATH", "") <> "" Else SePython = FileExists(path)
missing:
End Function

' Whether a workbook is one of our forms; others are never touched.
Public Function SeIsForm(ByVal book As Object) As Boolean
    On Error GoTo other
    SeIsForm = (book.Names("se_template").Name <> "")
other:
End Function

' Excel forgets UserInterfaceOnly when a file is closed. Sheets with a password refuse; Python says so then.
Public Sub SePrepare(ByVal book As Object)
    Dim sheet As Object, kept As Object
    On Error Resume Next
    If Not SeIsForm(book) Then Exit Sub
    For Each sheet In book.Worksheets
        If sheet.ProtectContents And Not sheet.ProtectionMode Then
            Set kept = sheet.Protection
            sheet.Protect UserInterfaceOnly:=True, Contents:=True, DrawingObjects:=sheet.ProtectDrawingObjects, _
                Scenarios:=sheet.ProtectScenarios, AllowFormattingCells:=kept.AllowFormattingCells, _
                AllowFormattingColumns:=kept.AllowFormattingColumns, AllowFormattingRows:=kept.AllowFormattingRows, _
                AllowInsertingColumns:=kept.AllowInsertingColumns, AllowInsertingRows:=kept.AllowInsertingRows, _
                AllowInsertingHyperlinks:=kept.AllowInsertingHyperlinks, AllowSorting:=kept.AllowSorting, _
                AllowDeletingColumns:=kept.AllowDeletingColumns, AllowDeletingRows:=kept.AllowDeletingRows, _
                AllowFiltering:=kept.AllowFiltering, AllowUsingPivotTables:=kept.AllowUsingPivotTables
        End If
    Next sheet
End Sub

' When a form opens: what its cells computed until now had no Python yet. None of it may make a file ask to be saved,
' nor keep one that Excel has just recovered from asking.
Public Sub SeOpened(ByVal book As Object)
    Dim saved As Boolean, sheet As Object
    On Error Resume Next
    If Not SeIsForm(book) Then Exit Sub
    saved = book.Saved
    SePrepare book
    SeDecide
    If SePython() Then
        For Each sheet In book.Worksheets
            sheet.UsedRange.Dirty
            sheet.Calculate
        Next sheet
    End If
    If saved Then book.Saved = True
End Sub

' What the function wizard shows, from the hidden sheet: name, description, and the arguments divided by bars.
Public Sub SeDescribe()
    Dim row As Object, saved As Boolean
    On Error Resume Next
    saved = ThisWorkbook.Saved
    For Each row In ThisWorkbook.Names("se_functions").RefersToRange.Rows
        Application.MacroOptions Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & row.Cells(1, 1).Value, _
            Description:=row.Cells(1, 2).Value, Category:=SeText("title"), _
            ArgumentDescriptions:=Split(row.Cells(1, 3).Value, "|")
    Next row
    If saved Then ThisWorkbook.Saved = True
End Sub

Private Sub SeSay(ByVal what As String)
    MsgBox SeText(what), vbExclamation, SeText("title")
End Sub

Private Function SeText(ByVal what As String) As String
    SeText = ThisWorkbook.Names("se_say_" & what).RefersToRange.Value
End Function
