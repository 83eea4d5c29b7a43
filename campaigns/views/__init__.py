form_page = form_confirm = lambda request: None
