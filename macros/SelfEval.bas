Attribute VB_Name = "SelfEval"
Option Explicit
' The buttons: each calls Python, nothing is decided here. ThisWorkbook holds this code (the form itself or the
' add-in), ActiveWorkbook is what the person works on. ASCII only: Chinese words stand in a hidden sheet of
' ThisWorkbook under the names se_say_*.
Private mRunning As Boolean

Public Sub SeCheck()
    SeRun "check"
End Sub
Public Sub SeClearMarks()
    SeRun "clear_marks"
End Sub
Public Sub SeNormalise()
    SeRun "normalise"
End Sub
Public Sub SeAddRows()
    SeRun "add_rows"
End Sub
Public Sub SeExportReport()
    SeRun "export_report"
End Sub
Public Sub SeExportPdf()
    SeRun "export_pdf"
End Sub
Public Sub SeExportTable()
    SeRun "export_table"
End Sub
Public Sub SeHandIn()
    SeRun "hand_in"
End Sub
Public Sub SeNextYear()
    SeRun "next_year"
End Sub
Public Sub SeDiagnose()
    SeRun "diagnose"
End Sub

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

' Python was installed, updated or has crashed: end what is left of it, and let the cells ask again.
Public Sub SeReconnect()
    mRunning = False
    On Error Resume Next
    KillPy
    On Error GoTo 0
    SeForget
    If Not SePython() Then SeSay "no_python": Exit Sub
    Application.CalculateFull
    SeSay "reconnected"
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

' Excel forgets UserInterfaceOnly when a file is closed. Sheets with a password refuse; Python says so then.
Public Sub SePrepare(ByVal book As Object)
    Dim sheet As Object, kept As Object
    On Error Resume Next
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

' When ThisWorkbook opens. None of it may keep a file from opening, or make it ask to be saved.
Public Sub SeOpened()
    On Error Resume Next
    SePrepare ThisWorkbook
    SeDecide
    If SePython() Then Application.CalculateFull ' cells computed before this had no Python yet
    SeDescribe
    ThisWorkbook.Saved = True
End Sub

' What the function wizard shows, from the hidden sheet: name, description, and the arguments divided by bars.
Private Sub SeDescribe()
    Dim row As Object
    For Each row In ThisWorkbook.Names("se_functions").RefersToRange.Rows
        Application.MacroOptions Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & row.Cells(1, 1).Value, _
            Description:=row.Cells(1, 2).Value, Category:=SeText("title"), _
            ArgumentDescriptions:=Split(row.Cells(1, 3).Value, "|")
    Next row
End Sub

Private Sub SeSay(ByVal what As String)
    MsgBox SeText(what), vbExclamation, SeText("title")
End Sub

Private Function SeText(ByVal what As String) As String
    SeText = ThisWorkbook.Names("se_say_" & what).RefersToRange.Value
End Function
