"""What stands between the tests and moto: AWS's behaviour where moto cannot say it or says it wrongly."""
