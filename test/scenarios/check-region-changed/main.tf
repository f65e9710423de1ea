# It was eu-west-1.
provider "aws" {
  region = "us-east-1"
}

# Of the state that provider 5 wrote: looked for in us-east-1, and not found.
resource "aws_kms_key" "orders" {
  description = "Orders"
}

# Provider 6 keeps the Region in the state.
resource "aws_kms_key" "ledger" {
  description = "Ledger"
  region      = "eu-central-1"
}

resource "aws_kms_key" "archive" {
  description = "Archive"
  region      = "eu-west-1"
}
