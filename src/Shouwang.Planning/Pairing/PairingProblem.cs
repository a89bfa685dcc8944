namespace Shouwang.Planning.Pairing;

/// <summary>
/// Who may be paired with whom and what it costs, in plain arrays: elder i may go to <c>ArcVolunteer[a]</c> at <c>ArcCost[a]</c> for a in
/// <c>FirstArc[i] .. FirstArc[i + 1]</c>. <c>LoadCost</c> holds, volunteer after volunteer, what the first, second … <c>Capacity[j]</c>-th
/// elder costs on top; it must not fall from one to the next (that is how fairness enters, and why the flow stays exact). 结对问题
/// </summary>
/// <param name="Elders">Number of elders.</param>
/// <param name="Volunteers">Number of volunteers.</param>
/// <param name="FirstArc">Elders + 1 positions into the arc arrays.</param>
/// <param name="ArcVolunteer">Volunteer of each arc; no volunteer twice for one elder.</param>
/// <param name="ArcCost">Cost of each arc; may be negative, at most 2^40 in size.</param>
/// <param name="Capacity">Places of each volunteer.</param>
/// <param name="LoadCost">Cost of each place, flattened by volunteer, rising.</param>
/// <param name="UnpairedCost">What it costs to leave each elder without a pair.</param>
public sealed record PairingProblem(
    int Elders, int Volunteers, int[] FirstArc, int[] ArcVolunteer, long[] ArcCost, int[] Capacity, long[] LoadCost, long[] UnpairedCost)
{
    /// <summary>Costs beyond this size are refused, so that sums along any path fit into a long.</summary>
    public const long LargestCost = 1L << 40;

    /// <summary>Throws an <see cref="ArgumentException"/> that names the first array that is malformed.</summary>
    public void Check()
    {
        Require(Elders >= 0 && Volunteers >= 0, "Counts are not negative.");
        Require(FirstArc.Length == Elders + 1 && FirstArc[0] == 0, "FirstArc has one position per elder and an end.");
        Require(ArcVolunteer.Length == ArcCost.Length && FirstArc[Elders] == ArcCost.Length, "The arc arrays end where FirstArc ends.");
        Require(Capacity.Length == Volunteers && UnpairedCost.Length == Elders, "One capacity per volunteer, one unpaired cost per elder.");
        CheckArcs();
        CheckPlaces();
    }

    private void CheckArcs()
    {
        var seen = new int[Volunteers];
        for (var i = 0; i < Elders; i++)
        {
            Require(FirstArc[i] <= FirstArc[i + 1], "FirstArc does not fall.");
            Require(Math.Abs(UnpairedCost[i]) <= LargestCost, "Unpaired costs are within bounds.");
            for (var a = FirstArc[i]; a < FirstArc[i + 1]; a++)
            {
                Require((uint)ArcVolunteer[a] < (uint)Volunteers, "An arc leads to a volunteer.");
                Require(seen[ArcVolunteer[a]] != i + 1, "No volunteer twice for one elder.");
                Require(Math.Abs(ArcCost[a]) <= LargestCost, "Arc costs are within bounds.");
                seen[ArcVolunteer[a]] = i + 1;
            }
        }
    }

    private void CheckPlaces()
    {
        var unit = 0;
        for (var j = 0; j < Volunteers; j++)
        {
            Require(Capacity[j] >= 0 && unit + Capacity[j] <= LoadCost.Length, "LoadCost has one entry per place.");
            for (var k = 0; k < Capacity[j]; k++, unit++)
            {
                Require(Math.Abs(LoadCost[unit]) <= LargestCost, "Load costs are within bounds.");
                Require(k == 0 || LoadCost[unit - 1] <= LoadCost[unit], "Load costs do not fall within one volunteer.");
            }
        }

        Require(unit == LoadCost.Length, "LoadCost has one entry per place.");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds) throw new ArgumentException(rule);
    }
}
