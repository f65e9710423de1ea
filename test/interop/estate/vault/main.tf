resource "aws_kms_key" "this" {
  description             = "vault"
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "this" {
  name          = "alias/vault"
  target_key_id = aws_kms_key.this.id
}
