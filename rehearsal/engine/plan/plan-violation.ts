/** Outputs of a stack or component are not as the plan has them. */
export class PlanViolation extends Error {
  override readonly name = "PlanViolation";
}
