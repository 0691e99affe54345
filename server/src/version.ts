/** The version of the package, the only place that has it being package.json. */
export { version } from "../../package.json";
