"""The two Django admin sites, and the ModelAdmin their pages extend."""
