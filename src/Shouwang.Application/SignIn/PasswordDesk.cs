using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Shouwang.Application.Common;
using Shouwang.Domain.Kernel;

namespace Shouwang.Application.SignIn;

/// <summary>Hashes and checks passwords, a few at a time; hashing is slow on purpose and must not slow everything else. 密码柜台</summary>
public sealed class PasswordDesk(SignInRules rules) : IDisposable
{
    private readonly SemaphoreSlim _places = new(rules.HashesAtOnce);
    private readonly PasswordHasher<SignInAccount> _hasher = new(Options.Create(new PasswordHasherOptions()));
    private readonly Lazy<string> _nobody = new(() => new PasswordHasher<SignInAccount>().HashPassword(null!, "nobody's password"));

    /// <summary>Whether a new password may be used.</summary>
    public Refusal? Objection(string? password, string name)
    {
        if (password is null || password.Length < rules.ShortestPassword) return SignInRefusals.PasswordShort.With(
            "shortest", rules.ShortestPassword);
        if (password.Length > rules.LongestPassword) return SignInRefusals.PasswordLong.With("longest", rules.LongestPassword);
        var simple = password.Distinct().Count() < 4 || IsRun(password) || password.Equals(name, StringComparison.OrdinalIgnoreCase);
        return simple ? SignInRefusals.PasswordSimple : null;
    }

    /// <exception cref="HouseBusy">Too many others are waiting.</exception>
    public Task<string> Hash(string password, CancellationToken ct) => AtThePlace(() => _hasher.HashPassword(null!, password), ct);

    /// <summary>Whether a password is the one behind a hash. A missing hash takes just as long and never matches.</summary>
    /// <exception cref="HouseBusy">Too many others are waiting.</exception>
    public async Task<bool> Matches(string? hash, string password, CancellationToken ct)
    {
        if (password.Length > rules.LongestPassword) return false;
        var found = await AtThePlace(() => _hasher.VerifyHashedPassword(null!, hash ?? _nobody.Value, password), ct);
        return hash is not null && found != PasswordVerificationResult.Failed;
    }

    private async Task<T> AtThePlace<T>(Func<T> work, CancellationToken ct)
    {
        if (!await _places.WaitAsync(rules.HashPatience, ct)) throw new HouseBusy(rules.HashPatience);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>12345678, 87654321, abcdefgh: every character follows its neighbour.</summary>
    private static bool IsRun(string text)
    {
        var steps = text.Zip(text.Skip(1), (a, b) => b - a).Distinct().ToList();
        return steps is [1] or [-1];
    }

    public void Dispose() => _places.Dispose();
}
