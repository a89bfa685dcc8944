namespace Shouwang.Planning.Pairing;

/// <summary>
/// Who is paired with whom: <c>Volunteer[i]</c> is elder i's volunteer or −1; <c>Price[j]</c> is what one more place with volunteer j
/// would be worth to the whole plan (the dual price), the ground for certificate and reasons. 结对方案
/// </summary>
public sealed record PairingPlan(int[] Volunteer, long[] Price, long Cost)
{
    /// <summary>How many elders have a volunteer.</summary>
    public int Paired => Volunteer.Count(j => j >= 0);
}

/// <summary>One elder who changed volunteer when a plan was changed; −1 stands for nobody. 结对变动</summary>
public readonly record struct PairingMove(int Elder, int From, int To);

/// <summary>Finds the cheapest pairing of a whole problem at once. 结对求解</summary>
public static class PairingSolver
{
    /// <summary>Solves to proven optimality; throws <see cref="ArgumentException"/> on malformed arrays and stops with the token.</summary>
    public static PairingPlan Solve(PairingProblem problem, CancellationToken stop = default)
    {
        var session = new PairingSession(problem);
        session.SolveAll(stop);
        return session.Plan();
    }
}
