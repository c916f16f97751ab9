"""The pages: server-rendered templates, htmx for parts, no inline script; reads by queries, writes by actions."""
