"""The upper floor: everything Django. The kit below never imports it."""
