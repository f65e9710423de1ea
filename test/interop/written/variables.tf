variable "stage" {
  type        = string
  description = "Set by -var-file."
}

variable "owner" {
  type = string # terraform.tfvars
}

variable "cost_center" {
  type    = string
  default = "none" # team.auto.tfvars says otherwise
}

variable "window" {
  type    = number
  default = 7
}

variable "recovery_region" {
  type = string # TF_VAR_recovery_region
}

variable "contact" {
  type     = string
  default  = null
  nullable = true
}

variable "domains" {
  description = "One module for each."
  type = map(object({
    keys     = map(string)
    rotation = optional(bool, true)
    days     = optional(number)
    tags     = optional(map(string), {})
  }))
}

variable "signers" {
  type = list(object({
    name = string
    spec = string
  }))
  default = [
    { name = "releases", spec = "RSA_4096" },
    { name = "tokens", spec = "ECC_NIST_P256" },
    { name = "images", spec = "ECC_NIST_P384" },
  ]
}

variable "feature_flags" {
  type    = map(bool)
  default = {}
}

variable "key_material" {
  type      = string
  sensitive = true
}
