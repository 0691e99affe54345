package p

func onPlan9(j *job) { work(j) }
