using System.Globalization;
using Shouwang.Planning.Rounds;

namespace Shouwang.Benchmarks;

/// <summary>
/// One carer falls ill: the rounds are planned anew from the present plan within two processor seconds, with a price for every visit that
/// changes hands. Beside it, how many visits must change (those of the ill carer) and what planning without a price would change.
/// </summary>
internal static class ReplanBench
{
    private const double Seconds = 1.9, PresentSeconds = 10;

    /// <summary>What a visit costs that changes hands, as much as so many minutes of travel.</summary>
    private const double Dear = 1_000;

    /// <summary>Writes one Markdown row per instance of 200 patients and more; mean of so many seeds.</summary>
    public static void Run(TextWriter output, PlanningBenchSettings asked)
    {
        output.WriteLine("| instance | visits | of the ill carer | change hands, dear | change hands, free | CPU s worst | cost before, after |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        var folder = Path.Combine(asked.Instances, "hhcrsp-mankowska");
        foreach (var file in Directory.GetFiles(folder, "InstanzVNS*.json").Where(f => RoundsBench.Patients(f) >= 200)
            .OrderBy(RoundsBench.Patients))
        {
            var text = File.ReadAllText(file);
            var problem = MankowskaJson.Read(text);
            var trials = Enumerable.Range(1, asked.Seeds).Select(seed => Try(text, problem, (ulong)seed)).ToArray();
            string Mean(Func<Trial, double> of) => trials.Average(of).ToString("0.#", CultureInfo.InvariantCulture);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(file)} | {problem.Requests.Sum(r => r.Visits.Length)} | {Mean(t => t.Orphans)} "
                + $"| {Mean(t => t.Dear)} | {Mean(t => t.Free)} | {trials.Max(t => t.Cpu):0.00} | {Mean(t => t.Before)}, {Mean(t => t.After)} |"));
        }
    }

    private static Trial Try(string text, RoundsProblem problem, ulong seed)
    {
        var present = Solve(text, problem, seed, PresentSeconds).Plan;
        var ill = Enumerable.Range(0, problem.Carers.Length).Where(carer => Without(problem, carer).Fault() is null)
            .MaxBy(carer => present.Routes[carer].Length);
        var without = Without(Promised(problem, present), ill);
        var start = MealRunsBench.Cpu();
        var (dear, cost) = Solve(text, without with { Prices = problem.Prices with { Change = Dear * problem.Scale } }, seed, Seconds);
        var cpu = MealRunsBench.Cpu() - start;
        if (dear.Routes[ill].Length > 0) throw new InvalidOperationException("An ill carer has visits.");
        var free = Solve(text, without, seed, Seconds).Plan;
        return new(present.Routes[ill].Length, Changed(present, dear), Changed(present, free), cpu, Cost(text, problem, present), cost);
    }

    private static (RoundsPlan Plan, double Cost) Solve(string text, RoundsProblem problem, ulong seed, double seconds)
    {
        var plan = RoundsSolver.Solve(problem, new(RoundsBudget.OfSeconds(seconds, MealRunsBench.Cpu), seed));
        return (plan, Cost(text, problem, plan));
    }

    private static double Cost(string text, RoundsProblem problem, RoundsPlan plan)
    {
        var verdict = MankowskaCheck.Check(text, MankowskaJson.Write(problem, plan));
        return verdict.Valid ? verdict.Cost : throw new InvalidOperationException(verdict.Broken[0]);
    }

    private static RoundsProblem Without(RoundsProblem problem, int ill) => problem with
    {
        Requests = [.. problem.Requests.Select(request => request with
        {
            Visits = [.. request.Visits.Select(visit => visit with { Carers = [.. visit.Carers.Where(carer => carer != ill)] })],
        })],
    };

    private static RoundsProblem Promised(RoundsProblem problem, RoundsPlan present)
    {
        var given = Given(present);
        return problem with
        {
            Requests = [.. problem.Requests.Select((request, r) => request with
            {
                Present = [.. request.Visits.Select((_, v) => given[(r, v)].Carer)],
                PresentStart = given[(r, 0)].Start,
            })],
        };
    }

    private static int Changed(RoundsPlan present, RoundsPlan plan)
    {
        var before = Given(present);
        return Given(plan).Count(visit => before[visit.Key].Carer != visit.Value.Carer);
    }

    private static Dictionary<(int Request, int Visit), (int Carer, int Start)> Given(RoundsPlan plan) =>
        plan.Routes.SelectMany((stops, carer) => stops.Select(stop => ((stop.Request, stop.Visit), (carer, stop.Start)))).ToDictionary();

    private readonly record struct Trial(int Orphans, int Dear, int Free, double Cpu, double Before, double After);
}
