"""The form as an Excel workbook: written, checked, read in a bounded child process, marked, compared."""
