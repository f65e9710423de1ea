resource "aws_kms_key" "hsm" {
  description             = "hsm"
  custom_key_store_id     = "cks-1234567890abcdef0"
  deletion_window_in_days = 7
}

resource "aws_kms_key" "xks" {
  description             = "xks"
  custom_key_store_id     = "cks-234567890abcdef01"
  xks_key_id              = "bb8562717f809024"
  deletion_window_in_days = 7
}
