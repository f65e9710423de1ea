locals {
  tags = { team = "payments" }
}

resource "aws_kms_key" "orders" {
  description         = "Orders and their lines"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "refunds" {
  description         = "Refunds"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "ledger" {
  description         = "The ledger: every booking there is"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "card_tokens" {
  description              = "Card numbers, encrypted in the browser"
  customer_master_key_spec = "RSA_4096"
  key_usage                = "ENCRYPT_DECRYPT"
  tags                     = local.tags
}

resource "aws_kms_key" "archive" {
  description = "Statements older than ten years"
  tags        = local.tags
}

resource "aws_kms_key" "invoices" {
  description         = "Invoices"
  enable_key_rotation = true
  tags                = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_kms_key" "payouts" {
  description         = "Payouts to merchants"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "fraud" {
  description         = "Fraud scores"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "disputes" {
  description         = "Evidence in disputes"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "signing" {
  for_each = {
    receipts = { spec = "HMAC_256", usage = "GENERATE_VERIFY_MAC" }
    webhooks = { spec = "HMAC_256", usage = "GENERATE_VERIFY_MAC" }
  }

  description              = "Signs ${each.key}"
  customer_master_key_spec = each.value.spec
  key_usage                = each.value.usage
  tags                     = local.tags
}

resource "aws_kms_alias" "eu" {
  for_each = {
    bank-details = aws_kms_key.bank_details.key_id
    card-tokens  = aws_kms_key.card_tokens.key_id
    cards        = aws_kms_key.cards.key_id
    custody      = aws_kms_key.custody.key_id
    disputes     = aws_kms_key.disputes.key_id
    fraud        = aws_kms_key.fraud.key_id
    archive      = aws_kms_key.archive.key_id
    invoices     = aws_kms_key.invoices.key_id
    ledger       = aws_kms_key.ledger.key_id
    orders       = aws_kms_key.orders.key_id
    payouts      = aws_kms_key.payouts.key_id
    receipts     = aws_kms_key.signing["receipts"].key_id
    refunds      = aws_kms_key.refunds.key_id
    sessions     = aws_kms_key.sessions.key_id
    settlement   = aws_kms_external_key.settlement.id
    webhooks     = aws_kms_key.signing["webhooks"].key_id
  }

  name          = "alias/payments/${each.key}"
  target_key_id = each.value
}

# For buckets without data of customers.
data "aws_kms_alias" "s3" {
  name = "alias/aws/s3"
}

output "s3_key_arn" {
  value = data.aws_kms_alias.s3.target_key_arn
}

output "orders_key_arn" {
  value = aws_kms_key.orders.arn
}
