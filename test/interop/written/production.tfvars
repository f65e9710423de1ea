stage = "production"
owner = "platform-production"
