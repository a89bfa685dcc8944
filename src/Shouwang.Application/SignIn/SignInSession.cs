using Shouwang.Domain.Kernel;
using Shouwang.Domain.People;

namespace Shouwang.Application.SignIn;

/// <summary>One signed-in browser: whose it is, in which post it works, and whether it still holds. 登录会话</summary>
public sealed class SignInSession
{
    private SignInSession() { }

    public SignInSession(Guid id, SignInAccount account, Post post, bool onPhone, DateTimeOffset now) =>
        (Id, Account, Person, Post, OnPhone, Issued, LastSeen) = (id, account.Id, account.Person, post.Id, onPhone, now, now);

    public Guid Id { get; private init; }

    public Guid Account { get; private init; }

    public Id<Person> Person { get; private init; }

    /// <summary>The post it works in now.</summary>
    public Id<Post> Post { get; private set; }

    /// <summary>A person's own phone may rest longer than an office desk.</summary>
    public bool OnPhone { get; private init; }

    public DateTimeOffset Issued { get; private init; }

    /// <summary>The last request, to within <see cref="SignInRules.SeenEvery"/>.</summary>
    public DateTimeOffset LastSeen { get; private set; }

    public DateTimeOffset? Revoked { get; private set; }

    /// <summary>Whether requests of this session are still answered.</summary>
    /// <param name="seen">When it was last seen, as far as that could not be stored yet.</param>
    public bool HoldsAt(DateTimeOffset now, SignInRules rules, DateTimeOffset? seen = null) =>
        Revoked is null && now < (seen > LastSeen ? seen.Value : LastSeen) + rules.IdleLimit(OnPhone);

    /// <summary>Works in another post from now on.</summary>
    public void WorkIn(Id<Post> post) => Post = post;

    /// <summary>Ends the session; ending it again changes nothing.</summary>
    public void Revoke(DateTimeOffset now) => Revoked ??= now;
}
