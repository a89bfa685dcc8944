using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shouwang.Application.SignIn;

/// <summary>How accounts, posts, sessions and slips are stored.</summary>
internal sealed class SignInMapping :
    IEntityTypeConfiguration<SignInAccount>, IEntityTypeConfiguration<SignInToken>, IEntityTypeConfiguration<SignInSession>,
        IEntityTypeConfiguration<Post>
{
    public void Configure(EntityTypeBuilder<SignInAccount> builder)
    {
        builder.ToTable("signin_account");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.HasIndex(a => a.Person).IsUnique();

        // What Identity offers and this house has no use for: there is no e-mail, and a session is ended by its own row.
        builder.Ignore(a => a.Email);
        builder.Ignore(a => a.NormalizedEmail);
        builder.Ignore(a => a.EmailConfirmed);
        builder.Ignore(a => a.PhoneNumber);
        builder.Ignore(a => a.PhoneNumberConfirmed);
        builder.Ignore(a => a.TwoFactorEnabled);
        builder.Ignore(a => a.SecurityStamp);
        builder.Ignore(a => a.ConcurrencyStamp);
        builder.Ignore(a => a.LockoutEnabled);
        builder.Ignore(a => a.LockoutEnd);
    }

    public void Configure(EntityTypeBuilder<SignInToken> builder)
    {
        builder.ToTable("signin_token");
        builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
    }

    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.ToTable("signin_session");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => new { s.Account, s.Revoked });
    }

    public void Configure(EntityTypeBuilder<Post> builder)
    {
        builder.ToTable("signin_post");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => p.Person);
    }
}
