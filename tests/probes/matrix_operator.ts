import type { SymmetricOperator } from "../../lib/probes/operator.ts";

/** A matrix that is given by its rows, as an operator. */
export function matrixOperator(
  rows: readonly (readonly number[])[],
): SymmetricOperator {
  return {
    size: rows.length,
    apply: (v) =>
      Promise.resolve(Float64Array.from(
        rows,
        (row) => row.reduce((sum, x, j) => sum + x * v[j]!, 0),
      )),
  };
}

/** A diagonal matrix, as an operator. */
export function diagonalOperator(
  diagonal: readonly number[],
): SymmetricOperator {
  return {
    size: diagonal.length,
    apply: (v) => Promise.resolve(v.map((x, i) => diagonal[i]! * x)),
  };
}

/** The rows of an operator's matrix, by its products with unit vectors. */
export async function rowsOf(operator: SymmetricOperator): Promise<number[][]> {
  const rows: number[][] = [];
  for (let i = 0; i < operator.size; i++) {
    const unit = new Float64Array(operator.size);
    unit[i] = 1;
    rows.push([...await operator.apply(unit)]);
  }
  return rows;
}
