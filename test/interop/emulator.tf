terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

# Endpoint, Region and credentials come from the environment.
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

provider "aws" {
  alias                       = "replica"
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

resource "aws_kms_key" "plain" {
  description             = "orders"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  tags                    = { team = "orders" }
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "all", Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_kms_key" "signing" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  is_enabled               = false
}

resource "aws_kms_alias" "plain" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.plain.key_id
}

resource "aws_kms_external_key" "imported" {
  key_material_base64     = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
  valid_to                = "2027-06-01T00:00:00Z"
  enabled                 = true
  deletion_window_in_days = 7
}

resource "aws_kms_key" "primary" {
  multi_region            = true
  deletion_window_in_days = 7
}

resource "aws_kms_replica_key" "replica" {
  provider                = aws.replica
  primary_key_arn         = aws_kms_key.primary.arn
  deletion_window_in_days = 7
}

resource "aws_kms_key" "second" {}
resource "aws_kms_key_policy" "second" {
  key_id = aws_kms_key.second.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "root", Effect = "Allow", Principal = { AWS = "*" }, Action = "kms:*", Resource = "*" }]
  })
}

resource "aws_kms_custom_key_store" "hsm" {
  cloud_hsm_cluster_id     = "cluster-1a23b4cdefg"
  custom_key_store_name    = "hsm"
  key_store_password       = "noplaintextpasswords1"
  trust_anchor_certificate = "anchor-certificate-contents"
}

resource "aws_kms_grant" "g" {
  name              = "g"
  key_id            = aws_kms_key.second.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/app"
  operations        = ["Encrypt", "Decrypt"]
}
