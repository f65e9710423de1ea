resource "aws_kms_key" "sessions" {
  description         = "Checkout sessions"
  multi_region        = true
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "cards" {
  description         = "Cards on file"
  multi_region        = true
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_replica_key" "cards" {
  provider = aws.us

  description     = "Cards on file, US"
  primary_key_arn = aws_kms_key.cards.arn
  tags            = local.tags
}

resource "aws_kms_key" "bank_details" {
  description         = "Bank details of merchants"
  multi_region        = true
  enable_key_rotation = true
  tags                = local.tags
}
