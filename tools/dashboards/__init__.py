"""Grafana's dashboards: what each shows, in a few lines a panel; `make docs` writes deploy/grafana/dashboards from them."""
