resource "aws_kms_key" "family" {
  description             = "family"
  multi_region            = true
  enable_key_rotation     = true
  deletion_window_in_days = 7
}

resource "aws_kms_replica_key" "family" {
  provider                = aws.second
  description             = "family replica"
  primary_key_arn         = aws_kms_key.family.arn
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "family" {
  provider      = aws.second
  name          = "alias/family"
  target_key_id = aws_kms_replica_key.family.key_id
}
