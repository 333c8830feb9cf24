import { tellExample } from "../support/example";

tellExample("existing-vpc");
