import { tellExample } from "../support/example";

tellExample("ecs-ec2", { main: "aws_ecs_cluster.cluster" });
