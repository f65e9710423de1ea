# The data is encrypted again by ACME-12.
# keydrift:ignore=replacement-planned until=2027-01-31 reason="nothing uses it any more, ACME-12"
resource "aws_kms_key" "orders" {
  description              = "Orders"
  customer_master_key_spec = "RSA_4096"
}

// keydrift:ignore=replacement-planned until=2026-11-22 reason="wait for the other team"
resource "aws_kms_key" "global" {
  multi_region = false
}

# keydrift:ignore=tags-drift reason="the backup service tags it"
# keydrift:ignore=spec-mismtach reason="who knows"
resource "aws_kms_key" "signing" {
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
}

resource "aws_kms_key" "kept" {
  # keydrift:ignore=replacement-planned until=2027-01-31 reason="it stands in the block"
  lifecycle {
    ignore_changes = [customer_master_key_spec, key_usage]
  }
}

# keydrift:ignore=replacement-planned until=2027-01-31
locals {}
