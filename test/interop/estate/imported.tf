resource "aws_kms_external_key" "imported" {
  description             = "imported"
  key_material_base64     = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
  valid_to                = "2099-01-01T00:00:00Z"
  enabled                 = true
  deletion_window_in_days = 7
}

resource "aws_kms_external_key" "family" {
  description             = "imported family"
  multi_region            = true
  key_material_base64     = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
  enabled                 = true
  deletion_window_in_days = 7
}

resource "aws_kms_replica_external_key" "family" {
  provider                = aws.second
  description             = "imported family replica"
  primary_key_arn         = aws_kms_external_key.family.arn
  key_material_base64     = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
  enabled                 = true
  deletion_window_in_days = 7
}
