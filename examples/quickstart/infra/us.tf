resource "aws_kms_key" "events" {
  provider = aws.us

  description         = "Event stream, US"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_kms_key" "chargebacks" {
  provider = aws.us

  description         = "Chargebacks, US"
  enable_key_rotation = true
  tags                = local.tags
}

# Carol made it in the console; from the next apply on it is ours.
import {
  to = aws_kms_key.tax
  id = "28e5a4c1-d90f-47b6-a3e8-7c1d6f0b9e54"
}

resource "aws_kms_key" "tax" {
  provider = aws.us

  description = "Tax reports"
  tags        = local.tags
}

resource "aws_kms_alias" "us" {
  provider = aws.us
  for_each = {
    cards        = aws_kms_replica_key.cards.key_id
    chargebacks  = aws_kms_key.chargebacks.key_id
    events       = aws_kms_key.events.key_id
    partner-bank = aws_kms_key.partner_bank.key_id
    pin-blocks   = aws_kms_key.pin_blocks.key_id
  }

  name          = "alias/payments/${each.key}"
  target_key_id = each.value
}
