namespace Shouwang.Planning.Rounds;

/// <summary>What an independent check says of a solution file: its cost, where that comes from, and every rule it breaks. 校验结论</summary>
/// <param name="Cost">Cost in the benchmark's terms, without penalty for broken rules.</param>
/// <param name="Parts">Value of each part of the cost, before its weight.</param>
/// <param name="Broken">One sentence per broken rule, naming carer and patient; empty when the solution is valid.</param>
public sealed record RoundsVerdict(double Cost, IReadOnlyDictionary<string, double> Parts, IReadOnlyList<string> Broken)
{
    /// <summary>True if no rule is broken.</summary>
    public bool Valid => Broken.Count == 0;
}
