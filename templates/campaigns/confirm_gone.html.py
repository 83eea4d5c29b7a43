BBBBBBB BBBBBBBBBBBBBBB BBBB
BBBBB BBBBB gettext(u'This link no longer holds') BBBBBBBB
BBBBB BBBBBBBBBBBBBBBB BBBBBBBBBXXX gettext(u'It is older than thirty days, the form was submitted again, or it was meant for somebody else. Ask the secretariat for a new one.') XXXXBBBBBBBBBBBBBBBBBBBB
