"""What is done to tasks: 5号已办结, 退回,原因…, 申请延期3天."""
