cost_center = "4711"
