"""The second step: codes that are judged, log-ins completed, step-up, and the reset of somebody's second factors."""
