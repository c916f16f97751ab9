"""Collection (thu thập): due days, who must send, filling and checking a form, the form as a workbook, boundaries."""
