Attribute VB_Name = "xlwings"
' Stands in for xlwings.bas where LibreOffice runs the macros: the same public names, no #If, no Declare.
' The test process leaves an object in LibreOffice that runs Python, as the xlwings DLL does on Windows.
Option Explicit

Private Const PLACE = "xl_selfeval.bridge"

Public Function RunPython(PythonCommand As String)
    RunPython = XLPy.RunPython(PythonCommand, ThisComponent.URL)
End Function

Public Function XLPy() As Object
    If Not Reachable Then Err.Raise 1000, , "No Python here"
    Set XLPy = GetDefaultContext().getByName(PLACE)
End Function

Public Function GetConfig(configKey As String, Optional default As Variant) As Variant
    If Not IsMissing(default) Then GetConfig = default Else GetConfig = ""
    If Left(configKey, 11) = "INTERPRETER" And Reachable Then GetConfig = XLPy.Interpreter()
End Function

Private Function Reachable() As Boolean
    Reachable = GetDefaultContext().hasByName(PLACE)
End Function

Public Function FileExists(path As String) As Boolean
    FileExists = (Dir(path) <> "")
End Function

Public Sub KillPy()
End Sub
